/**
 * The exam: questions about yards that nobody was trained on, put to the job or to the model alone,
 * and how many of the answers are right, beside what one gets without looking.
 */
package dev.watchword.job.exam;

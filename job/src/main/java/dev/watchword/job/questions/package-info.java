/**
 * Questions about a simulated yard, with their true answers: drawn from the script, written in
 * several wordings, for training and for the exam.
 */
package dev.watchword.job.questions;

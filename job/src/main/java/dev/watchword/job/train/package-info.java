/**
 * Training of the bundled model, from scratch, on yards that are drawn for it: first what sees, then
 * everything end to end on short histories, then the language model on long ones.
 */
package dev.watchword.job.train;

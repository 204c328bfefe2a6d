/**
 * What a model looks at while it answers: its decoder's attention layer by layer, and what its
 * compressor takes from a picture, as numbers and as pictures.
 */
package dev.watchword.job.analysis;

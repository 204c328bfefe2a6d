/**
 * Training of the network: the loss of a batch, through the same scripts that answer questions, and
 * the optimizer. What it is trained on is decided elsewhere.
 */
package dev.watchword.model.training;

/**
 * What a model directory in Hugging Face's layout holds: the network's shape and where its parts
 * lie. Files are checked where they are read, and a {@link
 * dev.watchword.model.ModelFileException} names what is wrong in which.
 */
package dev.watchword.model;

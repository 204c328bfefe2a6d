/**
 * LLaVA-Mini (Zhang et al., ICLR 2025): vision tower, compressor, projector, pre-fusion, decoder;
 * the model directory that they are loaded from; pictures and prompts as they take them.
 *
 * <p>In the shapes, F is frames, P patches of a picture, Q = C * C vision tokens of a frame, Dv the
 * vision tower's width, D the language model's width, L text tokens, V the vocabulary.
 */
package dev.watchword.model;

/**
 * Tensors in files of the safetensors format: an 8-byte little-endian header length, the header in
 * JSON, then the tensors' bytes without a hole.
 */
package dev.watchword.model.safetensors;

/**
 * The only code that knows the tensor library: devices, TorchScript, memory scopes.
 *
 * <p>A {@link dev.watchword.tensor.Tensor} lives in a {@link dev.watchword.tensor.TensorScope} and
 * is freed with it. All arithmetic is in {@link dev.watchword.tensor.Script}s: TorchScript source
 * text, compiled at start.
 */
package dev.watchword.tensor;

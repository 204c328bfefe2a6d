/**
 * Pictures as CLIP takes them: JPEG and PNG to RGB, Pillow's bicubic resize, padding or cropping to
 * a square, normalised channel values.
 *
 * <p>Everything here may be called by any number of threads at once.
 */
package dev.watchword.model.picture;

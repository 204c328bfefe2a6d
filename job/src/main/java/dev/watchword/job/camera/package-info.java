/**
 * Cameras: what takes pictures, and what publishes them as frames. A {@link
 * dev.watchword.job.camera.Camera} gives pictures one by one; a {@link
 * dev.watchword.job.camera.FramePublisher} numbers them and hands them to Kafka; a {@link
 * dev.watchword.job.camera.CameraFleet} does so for several cameras at once.
 */
package dev.watchword.job.camera;

package dev.watchword.job.camera;

import java.time.Instant;

/**
 * A picture and when it was taken.
 *
 * @param capturedAt by the camera's clock where it tells, else when the picture arrived
 * @param picture encoded
 */
public record CapturedFrame(Instant capturedAt, Picture picture) {}

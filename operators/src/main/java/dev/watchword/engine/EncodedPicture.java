package dev.watchword.engine;

/**
 * What is left of a picture.
 *
 * @param tokens its vision tokens, {@link EngineModel#tokenBytes} long; not to be changed
 * @param features its vision-tower features, {@link EngineModel#featureBytes} long; not to be
 *     changed
 */
public record EncodedPicture(byte[] tokens, byte[] features) {}

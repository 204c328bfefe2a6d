/**
 * The Flink side: {@link dev.watchword.operators.EncodeFrames} makes a token of every frame, {@link
 * dev.watchword.operators.FuseAndGenerate} remembers it and answers questions. Both hand slow work
 * to the engine, and take its results back as mails on the task's thread.
 */
package dev.watchword.operators;

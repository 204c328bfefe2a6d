/** The whole job in this process: its broker where it has none, its topics, its engine, Flink. */
package dev.watchword.job.service;

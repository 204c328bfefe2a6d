/** The broker's side: reaching one, the four topics, and a broker inside this process. */
package dev.watchword.job.kafka;

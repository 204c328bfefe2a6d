/** What the whole job does under a given load: its plan, and what is told of how it went. */
package dev.watchword.job.bench.serve;

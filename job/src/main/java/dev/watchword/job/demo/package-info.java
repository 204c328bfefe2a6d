/** What the demo shows: a camera over a yard. */
package dev.watchword.job.demo;

/** What the demo shows: two yards, and questions about them whose answers are known. */
package dev.watchword.job.demo;

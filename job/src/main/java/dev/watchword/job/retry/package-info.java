/** Time as the process sees it, and how long to wait before trying again. */
package dev.watchword.job.retry;

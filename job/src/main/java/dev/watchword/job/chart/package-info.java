/** Pictures of numbers: lines and bars over labelled axes. */
package dev.watchword.job.chart;

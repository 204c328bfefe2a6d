/**
 * A seeded simulator of a fixed camera over a yard: a script of what happens, second by second, and
 * the pictures of it. The script is the truth against which answers are measured.
 */
package dev.watchword.job.yard;

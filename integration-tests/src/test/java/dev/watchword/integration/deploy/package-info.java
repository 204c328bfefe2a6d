/** That what is in deploy/ agrees with the program, and with itself. */
package dev.watchword.integration.deploy;

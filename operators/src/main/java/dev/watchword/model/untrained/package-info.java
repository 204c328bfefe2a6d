/** Models with random weights, written in the layout of public ones. */
package dev.watchword.model.untrained;

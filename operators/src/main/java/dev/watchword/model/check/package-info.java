/** Compares every stage of the network with tensors that another implementation computed. */
package dev.watchword.model.check;

package org.eigensweep.data;

import java.io.Serializable;

/**
 * Examples to train on and examples held out.
 *
 * @param train the training set
 * @param test the test set, of the same features and classes
 */
public record Split(Dataset train, Dataset test) implements Serializable {}

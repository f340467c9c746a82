package org.eigensweep.data.sst2;

/**
 * A sentence of SST-2 and how its author feels.
 *
 * @param text as it stands in the file
 * @param label 0 for a negative feeling, 1 for a positive one
 */
record Sentence(String text, int label) {}

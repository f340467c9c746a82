/**
 * SST-2 in the format of GLUE, and how its sentences become token ids.
 *
 * <p>Knows the format, the basic tokenizer and WordPiece, and how a vocabulary is built or read.
 *
 * <p>Must not know other data sets.
 */
package org.eigensweep.data.sst2;

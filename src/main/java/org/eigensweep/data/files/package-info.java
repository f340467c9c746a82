/**
 * Labelled examples from tables in files, whatever the data set.
 *
 * <p>Knows the names under which people have the files, how labels become classes, how the shape of
 * an example follows from that of a table, and how values are standardised.
 *
 * <p>Must not know file formats.
 */
package org.eigensweep.data.files;

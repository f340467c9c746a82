/**
 * Studies of saved networks, read back from the tables that the command {@code spectrum} writes.
 *
 * <p>Knows where the tables of a study lie and which of them it may lack. Reads them without Spark:
 * a study has some hundred rows.
 *
 * <p>Must not know what is made of a study, nor how one is measured.
 */
package org.eigensweep.spark.study;

/**
 * The Spark session of a command, and its settings.
 *
 * <p>Knows the Spark settings on which a sweep depends, and those for reading its tables, and keeps
 * local mode closed to other machines.
 *
 * <p>Must not know trials or tables.
 */
package org.eigensweep.spark.session;

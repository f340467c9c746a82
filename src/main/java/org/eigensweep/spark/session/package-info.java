/**
 * The Spark session of a sweep, and its settings.
 *
 * <p>Knows which of Spark's settings a sweep depends on, and what local mode must not offer to
 * others.
 *
 * <p>Must not know trials or tables.
 */
package org.eigensweep.spark.session;

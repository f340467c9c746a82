/**
 * Settings: one HOCON file becomes the records of the packages below, once, fully checked.
 *
 * <p>This package knows Typesafe Config, the names and limits of all keys, and the records that the
 * keys describe; no other package sees Typesafe Config. It must not know the command line, Spark or
 * ND4J, must not open data files, and holds no default: every default stands in {@code
 * reference.conf}.
 */
package org.eigensweep.config;

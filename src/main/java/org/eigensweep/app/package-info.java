/**
 * The command line: words in, exit status and lines out.
 *
 * <p>This package knows picocli, and no other package sees it. It knows how to turn arguments into
 * settings, settings into data and a sweep, and failures into one line and a status. It must not
 * know how a setting is checked, how a sweep is spread over Spark or how a table is drawn.
 */
package org.eigensweep.app;

/**
 * One HTML page of sweeps' curves and trials, or of saved networks' spectra, and the same figures
 * as files.
 *
 * <p>Knows the page's template, the library that draws charts, and how records become JSON. The
 * figures themselves are a script, which the page and the files share.
 *
 * <p>Must not know Spark, or where tables and pages are kept.
 */
package org.eigensweep.report.page;

/**
 * Trials as CSV files, one a table.
 *
 * <p>Knows RFC 4180 and what spreadsheets take for formulas. It must not know which numbers are
 * curves.
 */
package org.eigensweep.export.csv;

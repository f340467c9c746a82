package org.eigensweep.data.files;

import java.io.Serializable;
import java.util.List;

/**
 * How the rows of a table become inputs.
 *
 * @param sizes of a row, in place of the table's: 1 to 3, or none to take the table's
 * @param layout where the channels stand among the sizes
 * @param standardization of the values
 */
public record Reading(List<Integer> sizes, Layout layout, Standardization standardization)
    implements Serializable {}

/**
 * What users' jars bring.
 *
 * <p>Knows how services are found on the class path, and that two may not have one name.
 *
 * <p>Must not know what any of them is for.
 */
package org.eigensweep.plugin;

/**
 * How the file of a saved network becomes a network: what is read of it, and what is checked before
 * DL4J sees it. Every claim of a file is checked, and no Java object is deserialized.
 *
 * <p>Knows zip, ND4J's binary arrays and DL4J's configuration in JSON; must not know losses, rules
 * or data.
 */
package org.eigensweep.network.archive;

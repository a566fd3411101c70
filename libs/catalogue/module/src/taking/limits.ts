/** Of a bill of materials. */
export const MOST_COMPONENTS_CHARACTERS = 4_000_000;
/** Of a package, packed. */
export const MOST_PACKED_BYTES = 10 * 1024 * 1024;
/** Of all its files, and of one. */
export const MOST_UNPACKED_BYTES = 60 * 1024 * 1024;
export const MOST_FILE_BYTES = 20 * 1024 * 1024;
export const MOST_FILES = 5000;
export const MOST_PATH_CHARACTERS = 200;
export const MOST_FOLDERS_DEEP = 15;
/** Of what is read of it: one file, and all. */
export const MOST_READ_FILE_BYTES = 2 * 1024 * 1024;
export const MOST_READ_BYTES = 8 * 1024 * 1024;
/** Of its pictures together. */
export const MOST_READ_PICTURE_BYTES = 8 * 1024 * 1024;
/** What a registry says of a package with all its versions. */
export const MOST_REGISTRY_BYTES = 10 * 1024 * 1024;

// The script of the map comes with addresses.

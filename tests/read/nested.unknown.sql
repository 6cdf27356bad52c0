/* a /* b */ DROP TABLE c; /* d */ */
DROP TABLE e;

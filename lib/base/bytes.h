#ifndef BASE_BYTES_H
#define BASE_BYTES_H

/*
 * For tables of all 256 bytes: EACH_BYTE(F) is F(0), F(1), … F(255). One load
 * from such a table tells what takes several comparisons otherwise.
 */
#define BYTES_4(f, c) f(c), f((c) + 1), f((c) + 2), f((c) + 3)
#define BYTES_16(f, c)                                           \
	BYTES_4(f, c), BYTES_4(f, (c) + 4), BYTES_4(f, (c) + 8), \
		BYTES_4(f, (c) + 12)
#define BYTES_64(f, c)                                                \
	BYTES_16(f, c), BYTES_16(f, (c) + 16), BYTES_16(f, (c) + 32), \
		BYTES_16(f, (c) + 48)
#define EACH_BYTE(f) \
	BYTES_64(f, 0), BYTES_64(f, 64), BYTES_64(f, 128), BYTES_64(f, 192)

#endif

import {expect, test} from 'vitest';
import {redact} from '../../../../source/cluster/connection/credentials/redact.ts';

test.each([
	['a web token', 'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln is bad', [], 'token … is bad'],
	['a bearer header', 'sent Authorization: Bearer abc.def-1', [], 'sent Authorization: Bearer …'],
	['a known secret', 'password hunter22 refused', ['hunter22'], 'password … refused'],
	['a secret within another', 'abcdefgh abcdef', ['abcdef', 'abcdefgh'], '… …'],
	['short words, which are no secrets', 'run it again', ['run'], 'run it again'],
])('%s', (_, text, secrets, expected) => {
	expect(redact(text, secrets)).toBe(expected);
});

import {parseAllDocuments, type YAMLParseError} from 'yaml';
import {kubeconfigError} from './field-reader.ts';

// The parser's own messages quote the source, which may hold a token or a key; only its code and line are used.
const problems: Readonly<Record<string, string>> = {
	BAD_ALIAS: 'an alias without an anchor',
	BAD_DQ_ESCAPE: 'an unknown escape in a quoted text',
	BAD_INDENT: 'wrong indentation',
	BAD_SCALAR_START: 'a text that must be quoted',
	BLOCK_AS_IMPLICIT_KEY: 'a nested map on one line, or a text with ": " that must be quoted',
	BLOCK_IN_FLOW: 'wrong indentation inside brackets',
	MISSING_CHAR: 'a missing quote, bracket, comma or colon',
	MULTILINE_IMPLICIT_KEY: 'a line without a colon after its key',
	TAB_AS_INDENT: 'a tab used for indentation',
	UNEXPECTED_TOKEN: 'an unexpected character',
};

/**
 * The first document of a YAML 1.2 (so also JSON) text; `undefined` where it is empty.
 *
 * @throws KtopError `usage` with file, line and kind of mistake, and nothing of the file's content.
 */
export function parseYaml(text: string, file: string): unknown {
	// kubectl's decoder takes the last of two equal keys, merge keys, and the first document.
	const options = {uniqueKeys: false, merge: true, intAsBigInt: true, prettyErrors: true} as const;
	const documents = parseAllDocuments(text, options);
	if (!Array.isArray(documents)) {
		return undefined;
	}
	const document = documents[0];
	if (document === undefined) {
		return undefined;
	}
	const error = document.errors[0];
	if (error !== undefined) {
		throw syntaxError(error, file);
	}
	try {
		return document.toJS({maxAliasCount: 100}) ?? undefined;
	} catch {
		throw kubeconfigError(`${file}: too many YAML aliases, or one without an anchor`, 'write the values out');
	}
}

function syntaxError(error: YAMLParseError, file: string): Error {
	const line = error.linePos?.[0].line;
	const where = line === undefined ? file : `${file}:${line}`;
	return kubeconfigError(
		`${where}: not valid YAML: ${problems[error.code] ?? 'a mistake in the syntax'}`,
		line === undefined ? 'correct the file' : `correct line ${line}, or the lines just before it`,
	);
}

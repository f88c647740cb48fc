/** The terms of a filter, by example. All terms of a filter must hold, or all between two `|`. */
export const FILTER_FORMS: ReadonlyArray<readonly [example: string, meaning: string]> = [
	['web', 'the word is in some text of the row, large or small; words side by side must all be'],
	['db|web', 'one of the words is; web | cpu>1 with spaces: one of the terms holds'],
	['^db-\\d+$', 'a regular expression, where a word has one of ^ $ * + ? ( ) [ ] { } \\'],
	['!web', 'not so; before any of these'],
	['status:Run', 'the word is in that column, named by its id or its heading; node:^a|b$ too'],
	['status!=Running', 'the column is not that or, with =, is that; namespace=a|b is one of both'],
	['label:app=web|api', 'the label has one of these values; label:app has any'],
	['cpu>500m', '> >= < <= = != compare: cores as 0.5 or 500m'],
	['mem>1Gi', 'bytes with Ki Mi Gi Ti or k M G T; rates too'],
	['mem%>80', 'shares in %, as 80, 80% or 0.8'],
	['age<1h', 'times with s m h d'],
];

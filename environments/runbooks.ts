/** Where alerts link to: this repository's `docs/runbooks/alerts`, as your server shows it. */
export const runbooks = "https://git.example.com/platform/evenkeel/docs/runbooks/alerts";

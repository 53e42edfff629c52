/** Settings of a crawler that reads servers of the tests: at loopback, without waiting between two requests. */
export const crawlSettings = {
  USER_AGENT: 'Courant/0.1 (+https://example.org/bot)',
  HTTP_PROXY: undefined,
  HTTPS_PROXY: undefined,
  ALLOW_PRIVATE: true,
  RATE: 1000,
  CRAWL_CONCURRENCY: 8,
  CHROMIUM: undefined,
  CHROMIUM_WITHOUT_SANDBOX: false,
};

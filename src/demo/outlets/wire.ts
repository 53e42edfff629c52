/** Two texts of an agency of ours, the Tisa Wire, which the outlets print whole, cut, retitled or with a paragraph of their own. */

export const railBridge = [
  'PRIJEPOLJE, Serbia (Tisa Wire) – Trains rolled over the Lim valley viaduct for the first time in twenty-six months on Friday, after engineers signed off the last of forty-one new bearings that carry the deck above the river.',
  'The first to cross was a slow freight of timber and cement, followed an hour later by a passenger service with some three hundred people on board. Several of them had brought folding chairs to the station at dawn so as not to miss a seat by the window.',
  '“We listened to the steel more than we looked at it,” said Dragica Melentija, the engineer who led the repair. “When the third wagon was over and nothing had creaked, everybody on the bank began to clap.”',
  'The viaduct was closed after an inspection found that the old bearings had rusted to their plates and no longer let the deck move with the heat. ' +
    'Passengers have since been carried around the gap by bus, on a mountain road that adds seventy minutes in good weather and is shut by snow for about two weeks each winter.',
  'Repairs took eight months longer than planned. Two of the new bearings were cast with the wrong curve and had to be sent back to the foundry, and a flood last spring washed away the scaffolding on the western pier.',
  'Shopkeepers in the valley say they felt the closure in their tills. Milorad Pantelin, who sells coffee and pastry beside the platform, said that he used to open for nine trains a day and had lately been opening for none.',
  'Freight companies expect to move about four hundred thousand tonnes a year over the line towards the Adriatic port of Bar in Montenegro, most of it grain in one direction and fertiliser in the other.',
  'The line will stay limited to thirty kilometres an hour on the viaduct until the spring inspection. If the measurements hold, the limit will be lifted in time for the summer timetable.',
];

export const depthCharts = [
  'RUSE, Bulgaria (Tisa Wire) – River pilots on both banks of the lower Danube will read the same depth chart from the first of the month, ending a ' +
    'custom by which a ship crossing mid-stream could be in four metres of water according to Romania and in three according to Bulgaria.',
  'The joint chart covers 471 kilometres of river between Vidin and Silistra. Survey boats from the two countries measured it together during the low water of September, sailing side by side and comparing their readings every evening over dinner.',
  '“The river does not stop at a border, and neither does a sandbank,” said Captain Sorin Bratulescu-Dima, who has piloted barges out of Giurgiu for twenty-two years. “Now we shall at least run aground in agreement.”',
  'Until now each side kept soundings of its own, taken in different months and measured from different zero marks. Barge companies bought both sets and, as one dispatcher put it, believed the shallower one.',
  'Low water has cost shippers dearly in the past four summers. Convoys that usually carry nine thousand tonnes of wheat have sailed half empty, and some waited at Svishtov for up to eleven days for enough depth to pass.',
  'The chart will be redrawn every two weeks, and every day when the level at Ruse falls below one metre. Crews can load it free of charge; a printed ' +
    'edition will be kept at the harbour offices for those who, in the words of the announcement, prefer paper that does not need a battery.',
  'Hungary and Serbia have asked to see the method. Surveyors say that a common chart as far upstream as Budapest would be possible within three years, provided that the countries first agree on what zero is.',
];

/** Letters that are said of other things. */
export const abbreviations = new Set(
  'vo os oc pov int ext tv us uk eu un ai vr ar hd la ny dc dj mc pc pm am ad bc id ok vs cd dvd gif cgi pov hdr fps usa nyc sf st rd dr mr ms jr sr ii iii iv vi xi ceo cto npc diy bbq gps led usb suv rv vip atm mtv nba nfl nhl mlb bmw kfc fbi cia nsa ufo'.split(
    ' ',
  ),
);

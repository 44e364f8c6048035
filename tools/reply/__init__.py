"""Results as short text: words for the person, and fenced data for the model."""

from tools.reply.changing import changed as changed
from tools.reply.changing import done as done
from tools.reply.changing import exported as exported
from tools.reply.changing import made as made
from tools.reply.changing import receipted as receipted
from tools.reply.changing import told_lines as told_lines
from tools.reply.finding import duplicates as duplicates
from tools.reply.finding import found as found
from tools.reply.finding import shown_of as shown_of
from tools.reply.knowing import beware as beware
from tools.reply.knowing import cleared as cleared
from tools.reply.knowing import details as details
from tools.reply.knowing import drafted as drafted
from tools.reply.knowing import ending as ending
from tools.reply.knowing import figures as figures
from tools.reply.knowing import suggested as suggested
from tools.reply.shape import Answer as Answer
from tools.reply.shape import Reply as Reply
from tools.reply.shape import Shown as Shown
from tools.reply.shape import outside as outside
from tools.reply.shape import plain as plain
from tools.reply.shape import quoted as quoted
